"""What the service keeps: conversations with their answers, feedback, keys, sign-ins and the audit trail."""
