"""Care: the emergency mode, a flare with its sampling times, appointments, and the documents, as pages."""
