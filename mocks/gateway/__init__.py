"""The reference gateway: one file a function of §4-3, each a small class; the faces and flows call only these."""
