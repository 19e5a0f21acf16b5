"""What a designer does: scenarios, courses, drafts, review, publishing, sharing. The door is `authoring.api`."""
