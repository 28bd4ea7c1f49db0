"""Staff who bring plans in while the site runs: who they are, what they brought, taking it out again, corrections."""
