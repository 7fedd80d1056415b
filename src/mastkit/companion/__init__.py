"""The web application: log a flare with one hand, keep the record, prepare the appointment."""
