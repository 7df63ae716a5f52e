"""A round: who was to send a plan by a day, who did, and how the plans are."""
