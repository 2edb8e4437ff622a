// Only additions: every page works without any of this. Nothing here sends anything anywhere.
"use strict";
const words = document.currentScript.dataset;

function button(text, then) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = text;
  made.addEventListener("click", () => then(made));
  return made;
}

// Only a voice of this computer reads: others send the text away.
function voice() {
  const language = document.documentElement.lang.toLowerCase();
  const own = speechSynthesis.getVoices().filter((each) => each.localService);
  const tag = (each) => each.lang.toLowerCase().replace("_", "-");
  const same = own.find((each) => tag(each) === language);
  return same || own.find((each) => tag(each).split("-")[0] === language.split("-")[0]);
}

// What is seen of the main part, in pieces: browsers cut long ones off.
function* pieces(main) {
  const seen = "h1,h2,h3,h4,p,li,dt,dd,th,td,label,legend,summary,figcaption,caption";
  for (const part of main.querySelectorAll(seen)) {
    if (part.querySelector(seen) || part.closest("nav,.extras") || part.offsetParent === null) continue;
    const text = part.innerText.trim();
    if (text) yield* text.match(/[^.!?]+[.!?]*\s*/g) || [text];
  }
}

function listen(place) {
  const main = document.getElementById("main");
  let reading = false;
  const control = button(words.listen, () => {
    speechSynthesis.cancel();
    reading = !reading;
    control.textContent = reading ? words.stop : words.listen;
    if (!reading) return;
    const parts = [...pieces(main)];
    parts.forEach((text, number) => {
      const spoken = new SpeechSynthesisUtterance(text);
      spoken.voice = voice();
      spoken.lang = spoken.voice.lang;
      if (number === parts.length - 1) {
        spoken.addEventListener("end", () => {
          reading = false;
          control.textContent = words.listen;
        });
      }
      speechSynthesis.speak(spoken);
    });
  });
  place.append(control);
}

document.addEventListener("DOMContentLoaded", () => {
  const problems = document.querySelector(".problems");
  if (problems) problems.focus();
  for (const place of document.querySelectorAll(".print-here")) {
    place.replaceChildren(button(words.print, () => print()));
  }
  if (!("speechSynthesis" in window)) return;
  const place = document.createElement("div");
  place.className = "extras on-screen";
  let offered = false;
  const offer = () => {
    if (offered || !voice()) return;
    offered = true;
    listen(place);
    document.querySelector("header").after(place);
  };
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
  addEventListener("pagehide", () => speechSynthesis.cancel());
});
