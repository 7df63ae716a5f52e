"""What the rooms hand to one another: pages as read, a plan as text with places, and the facts in it."""
