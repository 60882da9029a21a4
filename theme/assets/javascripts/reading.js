// The reading mode: both languages, one, or English on tap.
