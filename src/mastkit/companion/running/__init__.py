"""Starting the companion: the folder and its keys, the database, the server."""
