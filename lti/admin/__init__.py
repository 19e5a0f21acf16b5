"""Pages for LMS admins inside Wagtail's admin: connections, launches, deliveries. Only what their organisations own."""
