// Asks the browser for a passkey and sends its answer with the form. The server makes and checks all else.
import { said } from "./lib/said.js";

const form = document.querySelector("form[data-passkey]");
const state = form.querySelector("[role=status]");
const asked = form.dataset;
state.textContent = ""; // it said that scripts are off

function bytesOf(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

function textOf(buffer) {
  const raw = String.fromCharCode(...new Uint8Array(buffer ?? []));
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function make() {
  return navigator.credentials.create({
    publicKey: {
      challenge: bytesOf(asked.challenge),
      rp: { id: asked.party, name: "Tickmark" },
      user: { id: bytesOf(asked.handle), name: asked.account, displayName: asked.name },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      excludeCredentials: asked.known.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytesOf(id) })),
      attestation: "none",
      timeout: 300000,
    },
  });
}

function use() {
  const publicKey = { challenge: bytesOf(asked.challenge), rpId: asked.party, userVerification: "required", timeout: 300000 };
  return navigator.credentials.get({ publicKey });
}

/** The person closed the browser's question, or it cannot be asked here. */
function words(error) {
  if (error.name === "InvalidStateError") return said`This device holds a passkey of this account already.`;
  if (error.name === "SecurityError") return said`Passkeys do not work at this address. Open the server by the name that the administrator gave.`;
  return said`The browser gave no passkey. Try again, or sign in with account and password.`;
}

async function run() {
  state.textContent = "";
  try {
    if (!window.PublicKeyCredential) throw new DOMException("none", "NotSupportedError");
    const credential = await (asked.passkey === "add" ? make() : use());
    const { response } = credential;
    form.elements.credential.value = textOf(credential.rawId);
    form.elements.client.value = textOf(response.clientDataJSON);
    form.elements.data.value = textOf(response.attestationObject ?? response.authenticatorData);
    if (response.signature) form.elements.signature.value = textOf(response.signature);
    if (response.userHandle) form.elements.handle.value = textOf(response.userHandle);
    form.submit();
  } catch (error) {
    state.textContent = words(error);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
// Whoever pressed "Sign in with a passkey" has asked already.
if (asked.passkey === "sign-in" && asked.again === undefined) run();
