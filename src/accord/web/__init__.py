"""Everything shown or stored: small Django apps whose names are the nouns of the rules."""
