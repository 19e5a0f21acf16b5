// Tells the LMS that the registration is over. Source: https://www.imsglobal.org/spec/lti-dr/v1p0 (section 3.7)
document.getElementById("close").addEventListener("click", (event) => {
  const origin = event.currentTarget.dataset.origin;
  (window.opener || window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, origin);
});
