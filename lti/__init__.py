"""LTI 1.3 Advantage and nothing else: registration, launch, deep linking, roster, grade outbox, LMS products."""
