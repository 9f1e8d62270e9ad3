"""What `make quality` and `make bench` print."""
