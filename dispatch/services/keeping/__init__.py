"""What becomes of personal data: sealed anew, forgotten in time, handed out, erased."""
