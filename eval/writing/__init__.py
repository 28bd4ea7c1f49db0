"""Plans written out as offices and portals hand them round: what is read back can be held to what was written."""
