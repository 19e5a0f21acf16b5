// Sends the one form of the page; without script its button does the same.
document.querySelector("form[data-send]").requestSubmit();
