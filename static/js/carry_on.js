// After a sign-in the form that waited for it goes by itself; without this file its button sends it.
document.querySelector("form[data-carry-on]")?.submit();
