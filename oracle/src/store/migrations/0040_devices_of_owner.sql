-- Asked for each device that reports for the first time: how many of its owner's devices do already.
CREATE INDEX devices_of_owner ON devices (owner);
