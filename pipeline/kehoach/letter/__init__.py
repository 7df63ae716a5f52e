"""What goes back to the sender: review sheet and reply, with pictures of the places that they name."""
