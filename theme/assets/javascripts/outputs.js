// Outputs: long ones fold, and copying takes code alone.
