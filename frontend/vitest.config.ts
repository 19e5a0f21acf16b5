import { defineConfig } from "vitest/config";

// One run for every room; a file that needs no browser says `// @vitest-environment node`.
export default defineConfig({
  test: {
    include: ["*/tests/**/*.test.{ts,tsx}"],
    environment: "jsdom",
    restoreMocks: true,
  },
});
