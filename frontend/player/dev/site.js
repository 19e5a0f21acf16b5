// The site's transport against whatever answers below /play/api/ on this origin.
import { mount, siteTransport } from "../../../learning/static/learning/built/player.js";

window.player = mount(document.querySelector("#player"), siteTransport("/play/api/p1/main/", "secret"));
