"""Where notices come from: files and portals of registers, each register a folder of its own."""
