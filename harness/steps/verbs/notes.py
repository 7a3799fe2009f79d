"""What one step notes in its scene for the step of another file to read: the keys of `Scene.noted`."""

ADDRESSES = "addresses"  # where somebody lived: municipalities by the day since when, by person
BULK = "bulk"  # what was registered at once: items by fiscal year
LATENESS = "seconds until the partner answers"
LIFE = "seconds until the enquiry expires"
NOTICE = "notice"  # the reply to a 連絡 that was submitted
PAPERS = "papers"  # what was made out on paper: items by paper, person and information
SENT = "sent"  # what left the gateway in a 連絡: items by person and information
