"""The page: plans, their facts beside their pages, and the database, in a browser, without any other host."""
