// For the XS host: the walk through the natives, from the standard input to the standard output.
native('xs_harness_main')();
