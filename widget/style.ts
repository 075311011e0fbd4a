/** The chat's own look; the page around it sets `--rapport-accent` and `--rapport-on-accent`. */
export const STYLE = `
:host{--a:var(--rapport-accent,#1f4d3a);--o:var(--rapport-on-accent,#fff);position:fixed;inset-block-end:16px;inset-inline-end:16px;z-index:2147483000;
 font:16px/1.45 system-ui,sans-serif;color-scheme:light dark;color:light-dark(#1b1b1b,#f2f2f2)}
*{box-sizing:border-box}[hidden]{display:none!important}
button{font:inherit;cursor:pointer;border:1px solid transparent;border-radius:8px;background:var(--a);color:var(--o);padding:8px 14px}
:focus-visible{outline:3px solid light-dark(#0b57d0,#a8c7fa);outline-offset:2px}
.toggle{border-radius:999px;padding:12px 20px;box-shadow:0 2px 8px #0004}
.panel{display:flex;flex-direction:column;width:min(360px,calc(100vw - 32px));height:min(520px,calc(100vh - 32px));background:light-dark(#fff,#202124);
 border:1px solid light-dark(#767676,#8a8a8a);border-radius:12px;box-shadow:0 4px 24px #0005;overflow:hidden}
header{display:flex;justify-content:space-between;align-items:center;gap:8px;padding:10px 12px;background:var(--a);color:var(--o)}
h2{font-size:1em;margin:0}header button{border-color:currentColor;padding:4px 10px}
.log{flex:1;overflow-y:auto;padding:12px;display:flex;flex-direction:column;gap:8px}
.log p{margin:0;max-width:85%;padding:8px 12px;border-radius:12px;white-space:pre-wrap;overflow-wrap:anywhere}
.out{align-self:flex-start;background:light-dark(#eee,#3c4043)}.in{align-self:flex-end;background:light-dark(#dcefe4,#1e4634)}
.who{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.state{display:block;font-size:.8em}
form{display:flex;gap:8px;padding:10px;border-top:1px solid light-dark(#ccc,#555)}
textarea{flex:1;font:inherit;resize:none;min-width:0;padding:8px;border:1px solid light-dark(#767676,#8a8a8a);border-radius:8px;background:inherit;color:inherit}
a{color:inherit}@media (forced-colors:active){button,.log p{margin:0;border:1px solid}}
`;
