// Mounts the classic bundle twice, as two blocks of one unit would.
import { scriptedTransport } from "./scripted.js";

const { mount } = window.BranchwisePlayer;
mount(document.querySelector("#first"), scriptedTransport("decision"), { draftKey: "first", language: "de" });
mount(document.querySelector("#second"), scriptedTransport("reaction"), { draftKey: "second" });
