"""What other projects import: residents, strategies, the network and the judge in process. A name that nobody else has; the rooms
that it stands on have everyday names, so that it looks first whether another's would be taken for them."""

from renkei_door.rooms import in_the_way

if sentence := in_the_way(("harness", "mocks")):
    raise ImportError(sentence)
