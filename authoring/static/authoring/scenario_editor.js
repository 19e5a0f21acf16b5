// Mounts the built graph editor over the textarea; without the bundle the textarea stays as it is.
// connect/disconnect are the mount points: Wagtail swaps parts of the page after an autosave.
(() => {
  class ScenarioEditor extends window.StimulusModule.Controller {
    static targets = ["root", "plain"];

    static values = { bundle: String };

    async connect() {
      if (!this.bundleValue) return;
      try {
        const { mountEditor } = await import(new URL(this.bundleValue, document.baseURI).href);
        if (!this.element.isConnected) return;
        const options = JSON.parse(this.rootTarget.dataset.options);
        this.rootTarget.hidden = false;
        this.unmount = mountEditor(this.rootTarget, options);
        this.plainTarget.hidden = true;
      } catch (error) {
        // The author can still work: the plain form is complete.
        this.rootTarget.hidden = true;
        this.plainTarget.hidden = false;
        this.say(error instanceof Error ? error.message : "");
      }
    }

    say(reason) {
      const notice = document.createElement("p");
      notice.className = "bw-notice";
      notice.textContent = `The graph editor did not start. ${reason}`;
      this.plainTarget.prepend(notice);
    }

    disconnect() {
      const unmount = this.unmount;
      this.unmount = undefined;
      if (typeof unmount === "function") unmount();
      else if (unmount && typeof unmount.unmount === "function") unmount.unmount();
    }
  }

  window.wagtail.app.register("scenario-editor", ScenarioEditor);
})();
