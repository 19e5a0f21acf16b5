"""The pages for people, rendered on the server. Rules and rows live one level up."""
