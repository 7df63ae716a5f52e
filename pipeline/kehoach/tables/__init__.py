"""Tables: grids from rulings and from pictures, and their parts joined over page breaks."""
