// The page works without this. With it: a bad level is kept at the tap, nothing is stored by looking through the levels
// with the arrow keys, what is typed survives a reload and a lost network, and faults go when they are mended.
(function () {
  'use strict';
  var form = document.getElementById('rating');
  if (!form || !window.fetch) return;
  var set = form.dataset;
  var page = set.base + '/e/' + set.token;
  var api = set.base + '/api/v1/evaluations/' + encodeURIComponent(set.token);
  var text = document.getElementById('text');
  var count = document.getElementById('count');
  var fault = document.getElementById('fault');
  var status = document.getElementById('status');
  var group = form.querySelector('.rate');
  var back = document.getElementById('back');
  var takeBack = document.getElementById('take_back');
  var button = document.getElementById('send');
  var contact = document.getElementById('contact');  // these three are not in the form of a comment
  var phone = document.getElementById('phone');
  var anonymous = document.getElementById('anonymous');
  var comment = set.comment === 'yes';
  var standing = status.textContent;  // what the status says unless something is the matter
  var settled = set.draft || '';      // the level chosen by a tap or a key, not by looking through them
  var drafted = !!set.draft;
  var storing = null;  // the draft on its way
  var lastDraft = '';
  var sending = false, lost = false;  // lost: no answer to what stands here unchanged
  var looking = false;                // an arrow key is down
  var faulty = fault.hidden ? '' : 'server';
  var keptAs = 'hcp-kept:' + location.pathname;
  form.noValidate = true;  // the page says it in its own words and language

  function chosen() { return form.querySelector('input[name=level]:checked'); }
  function ticked(level) {
    var tags = level ? form.querySelectorAll('input[name=tag_' + level + ']:checked') : [];
    return Array.prototype.map.call(tags, function (tag) { return tag.value; });
  }
  function isBad(level) { return !!level && !!document.getElementById('l' + level).dataset.bad; }
  function consent(level) {
    var called = isBad(level) && contact.checked;
    return {shown_to_rated: !anonymous.checked, may_be_contacted: called, phone: called ? phone.value.trim() : ''};
  }
  function answer(level) {
    return {level: level ? Number(level) : null, tags: ticked(level), text: text.value.trim(), request_key: form.elements.request_key.value};
  }
  function tell(words) { if (status.textContent !== words) status.textContent = words; }
  function send(method, path, body) {
    return fetch(api + path, {
      method: method, credentials: 'same-origin', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)
    });
  }

  // ---- faults: said beside the button, linked to their field, gone when mended
  function complain(kind, words, at) {
    faulty = kind;
    fault.innerHTML = '';
    var link = fault.appendChild(document.createElement('a'));
    link.href = '#' + at;
    link.textContent = words;
    fault.hidden = false;
    fault.parentNode.hidden = false;
    status.hidden = true;
    mark(group, kind === 'level');
    mark(text, kind === 'reason' || kind === 'long' || kind === 'comment');
    if (phone) mark(phone, kind === 'phone');
    link.focus({preventScroll: true});
  }
  function mark(field, wrong) {
    var about = field === text ? 'limit' : '';
    if (wrong) field.setAttribute('aria-invalid', 'true'); else field.removeAttribute('aria-invalid');
    if (wrong || about) field.setAttribute('aria-describedby', (about + (wrong ? ' fault' : '')).trim());
    else field.removeAttribute('aria-describedby');
  }
  function clear() {
    faulty = '';
    fault.hidden = true;
    fault.parentNode.hidden = comment;
    status.hidden = false;
    mark(group, false);
    mark(text, false);
    if (phone) mark(phone, false);
  }
  function wrong() {
    var level = chosen();
    var used = Array.from(text.value.trim()).length;
    if (!level && comment) return used ? null : ['comment', set.sayComment, 'text'];
    if (!level) return ['level', set.sayLevel, 'l5'];
    if (used > Number(text.dataset.most)) return ['long', set.sayLong, 'text'];
    if (!comment && level.dataset.bad && !ticked(level.value).length && used < Number(set.least)) {
      var first = form.querySelector('input[name=tag_' + level.value + ']');
      return ['reason', set.sayReason, first ? first.id : 'text'];
    }
    var number = comment ? '' : consent(level.value).phone;
    if (number && !/^\+?[0-9() -]{7,20}$/.test(number.normalize('NFKC'))) return ['phone', set.sayPhone, 'phone'];
    return null;
  }
  function mended() {
    if (!faulty) return;
    var still = wrong();
    if (!still || still[0] !== faulty) clear();
  }

  // ---- the draft: the first tap on a bad level is kept at once; after that what is kept follows every change
  function store() {
    if (comment || sending || storing || !settled) return;
    if (!drafted && !isBad(settled)) return;
    var body = answer(settled);
    var now = JSON.stringify(body);
    if (now === lastDraft) return;
    lastDraft = now;
    storing = send('PUT', '/draft', body).then(function (reply) {
      storing = null;
      if (!reply.ok) { lastDraft = ''; return; }
      drafted = true;
      standing = set.saySaved;
      tell(standing);
      back.disabled = false;
      store();  // what was tapped meanwhile
    }, function () { storing = null; lastDraft = ''; });
  }
  var pause = 0;
  function storeSoon() {
    if (!drafted) return;
    clearTimeout(pause);
    pause = setTimeout(store, 1500);
  }
  function settle(level) {
    settled = chosen() ? chosen().value : '';
    changed();
    if (level || !drafted) store(); else storeSoon();
  }
  function changed() { lost = false; mended(); keep(); }

  // ---- what survives a reload, 长辈版 and the other language
  function keep(unanswered) {
    var all = form.querySelectorAll('input[type=checkbox]:checked');
    try {
      sessionStorage.setItem(keptAs, JSON.stringify({
        level: chosen() ? chosen().value : '', settled: settled, text: text.value, key: form.elements.request_key.value,
        tags: Array.prototype.map.call(all, function (tag) { return tag.id; }), unanswered: !!unanswered,
        named: !!anonymous && !anonymous.checked, phone: phone ? phone.value : ''
      }));
    } catch (e) { /* no storage: the form itself stays */ }
  }
  function forget() { try { sessionStorage.removeItem(keptAs); } catch (e) { /* as above */ } }
  function bringBack() {
    var kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(keptAs)); } catch (e) { /* as above */ }
    if (!kept || faulty) return;  // the server has just given back what was sent
    var level = document.getElementById('l' + kept.level);
    if (level) level.checked = true;
    settled = kept.settled;
    kept.tags.forEach(function (id) {
      var tag = document.getElementById(id);
      if (tag) tag.checked = true;
    });
    if (anonymous) anonymous.checked = !kept.named;
    if (phone) phone.value = kept.phone || '';
    text.value = kept.text;
    form.elements.request_key.value = kept.key;
    if (kept.unanswered) complain('lost', set.sayInDoubt, 'send');
  }

  function ready() { sending = false; button.disabled = false; }
  function submit() {
    if (sending) return;
    var problem = wrong();
    settled = chosen() ? chosen().value : '';
    if (problem) { store(); complain(problem[0], problem[1], problem[2]); return; }
    clear();
    clearTimeout(pause);
    sending = true;
    lost = false;
    button.disabled = true;
    keep(true);
    var said = answer(settled);
    if (!comment) said.consent = consent(settled);
    send('POST', '/rating', said).then(function (reply) {
      if (reply.status >= 500 || reply.status === 429) throw reply;
      if (reply.status === 422) { forget(); form.submit(); return; }  // the page says what is wrong, in its language
      forget();
      location.assign(page + (reply.status === 202 ? '?noted=1' : reply.status === 409 ? '?already=1' : reply.ok ? '/receipt' : ''));
    }).catch(function (reply) {
      ready();
      lost = !(reply && reply.status);
      complain('lost', lost ? set.sayLost : reply.status === 429 ? set.sayOften : set.sayInDoubt, 'send');
    });
  }

  // Characters, as the server counts them: the field's own limit counts an emoji twice.
  function counted() {
    var used = Array.from(text.value).length, unseen = Number(set.unseen);
    count.textContent = used + '/' + text.dataset.most + (unseen && used > unseen ? ' · ' + set.sayUnseen : '');
  }

  form.addEventListener('keydown', function (event) {
    var level = event.target.name === 'level';
    looking = level && event.key.indexOf('Arrow') === 0;
    if (!level || (event.key !== 'Enter' && event.key !== ' ')) return;
    if (event.key === 'Enter') { event.preventDefault(); event.target.checked = true; }
    if (event.target.checked) settle(true);
  });
  form.addEventListener('keyup', function () { looking = false; });
  form.addEventListener('change', function (event) {
    if (event.target === text) return;
    var level = event.target.name === 'level';
    if (level && looking) changed(); else settle(level);
  });
  if (phone) phone.addEventListener('input', changed);
  text.addEventListener('input', function () { counted(); changed(); storeSoon(); });
  form.addEventListener('submit', function (event) { event.preventDefault(); submit(); });
  if (takeBack) takeBack.addEventListener('submit', function (event) {
    clearTimeout(pause);
    sending = true;  // nothing more is stored
    forget();
    if (!storing) return;
    event.preventDefault();
    storing.then(function () { takeBack.submit(); });
  });
  window.addEventListener('offline', function () { tell(set.sayOffline); });
  window.addEventListener('online', function () { tell(standing); if (lost && !sending) submit(); });
  bringBack();
  counted();
  if (navigator.onLine === false) tell(set.sayOffline);
})();
