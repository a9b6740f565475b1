"""What can be said of a text alone: places, clean-up, Vietnamese words, dates, numbers and unit names."""
