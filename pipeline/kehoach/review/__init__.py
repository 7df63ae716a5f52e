"""What a reviewer does with findings: lets them rest, follows them from one version of a plan to the next."""
