// The stylesheets of the shadow tree, in the order in which they apply.
import tokens from "../../tokens/tokens.css?inline";
import base from "./styles/base.css?inline";
import conversation from "./styles/conversation.css?inline";
import controls from "./styles/controls.css?inline";
import debrief from "./styles/debrief.css?inline";

export const styles = [base, tokens, controls, conversation, debrief].join("\n");
