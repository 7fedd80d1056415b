"""Which exposures raise this person's risk of a flare: from a diary, with honest uncertainty."""
