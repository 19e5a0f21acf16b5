// Posts the deep linking response; the button stays for browsers without scripts.
document.getElementById("answer").submit();
