// Puts the address of this server into the code to copy.
for (const code of document.querySelectorAll("pre code")) code.textContent = code.textContent.replaceAll("https://DITT-SØK", location.origin);
