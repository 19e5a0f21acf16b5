"""What a designer does: scenarios, courses, drafts, review, publishing, sharing. Other apps come in by `authoring.api`."""
