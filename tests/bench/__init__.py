"""Long measurements, each a module that prints JSON lines; a short form of each stands among the tests."""
