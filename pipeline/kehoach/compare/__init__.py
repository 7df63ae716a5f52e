"""What an analyst asks across plans: who carries out what, who copied whom, by when, how much."""
