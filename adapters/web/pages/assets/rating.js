// The page works without this. With it: a bad level is saved at the tap, the text is counted, and a lost network loses nothing.
(function () {
  'use strict';
  var form = document.getElementById('rating');
  if (!form || !window.fetch) return;
  var base = form.dataset.base;
  var api = base + '/api/v1/evaluations/' + encodeURIComponent(form.dataset.token);
  var text = document.getElementById('text');
  var count = document.getElementById('count');
  var fault = document.getElementById('fault');
  var saved = document.getElementById('saved');
  var silence = document.getElementById('silence');
  var button = form.querySelector('button[type=submit]');
  var drafted = form.dataset.draft === 'yes';
  var comment = form.dataset.comment === 'yes';
  var lastDraft = '';
  var sending = false;
  var lost = false;  // no answer to what stands here unchanged
  var keptAs = 'hcp-kept:' + location.pathname;

  function chosen() { return form.querySelector('input[name=level]:checked'); }
  function answer() {
    var level = chosen();
    var tags = level ? form.querySelectorAll('input[name=tag_' + level.value + ']:checked') : [];
    return {
      level: level ? Number(level.value) : 0,
      tags: Array.prototype.map.call(tags, function (tag) { return tag.value; }),
      text: text.value.trim(),
      request_key: form.elements.request_key.value
    };
  }
  function say(words) {
    fault.textContent = words;
    fault.hidden = !words;
    if (words) fault.focus();
  }
  function send(method, path, body) {
    return fetch(api + path, {
      method: method, credentials: 'same-origin', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)
    });
  }

  // The first tap of a bad level is kept at once; after that what is kept follows every change.
  function saveDraft() {
    var level = chosen();
    if (comment || sending || !level || (!drafted && level.dataset.bad !== 'yes')) return;
    var body = answer();
    var now = JSON.stringify(body);
    if (now === lastDraft) return;
    lastDraft = now;
    send('PUT', '/draft', body).then(function (reply) {
      if (!reply.ok) { lastDraft = ''; return; }
      drafted = true;
      saved.hidden = false;
      if (silence) silence.hidden = true;
      saveDraft();  // what was tapped meanwhile
    }, function () { lastDraft = ''; });
  }
  var pause = 0;
  function saveSoon() {
    if (!drafted) return;
    clearTimeout(pause);
    pause = setTimeout(saveDraft, 1500);
  }

  function keep() { try { sessionStorage.setItem(keptAs, JSON.stringify(answer())); } catch (e) { /* no storage: the form itself stays */ } }
  function forget() { try { sessionStorage.removeItem(keptAs); } catch (e) { /* as above */ } }
  function bringBack() {
    var kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(keptAs)); } catch (e) { /* as above */ }
    if (!kept) return;
    var level = document.getElementById('l' + kept.level);
    if (level) level.checked = true;
    kept.tags.forEach(function (code) {
      var tag = document.getElementById('t' + code);
      if (tag) tag.checked = true;
    });
    text.value = kept.text;
    form.elements.request_key.value = kept.request_key;
    say('上次提交时网络中断，内容已为您保留，请再次提交。');
  }

  function submit() {
    if (sending) return;
    sending = true;
    lost = false;
    button.disabled = true;
    say('');
    keep();
    send('POST', '/rating', answer()).then(function (reply) {
      if (reply.status >= 500 || reply.status === 429) throw reply;
      forget();
      if (reply.status === 200 || reply.status === 201) { location.assign(base + '/e/' + form.dataset.token + '/receipt'); return; }
      if (reply.status === 202) { location.assign(base + '/e/' + form.dataset.token + '?noted=1'); return; }
      return reply.json().then(function (problem) {
        if (reply.status !== 422) { location.assign(base + '/e/' + form.dataset.token + (reply.status === 409 ? '?already=1' : '')); return; }
        sending = false;
        button.disabled = false;
        say(problem.reason);
      });
    }).catch(function (reply) {
      sending = false;
      button.disabled = false;
      lost = !(reply && reply.status);
      say(reply && reply.status === 429 ? '操作太频繁，请稍等一分钟再提交，内容已保留。'
        : '没有收到服务器的答复，结果未知。内容已保留在本页' + (lost ? '，网络恢复后会再次提交' : '，请稍后再次提交') + '，不会重复计算。');
    });
  }

  // Characters, as the server counts them: the field's own limit counts an emoji twice.
  function counted() {
    var used = Array.from(text.value).length, most = Number(text.dataset.most);
    count.textContent = used + '/' + most;
    text.setCustomValidity(used > most ? '文字过长，最多 ' + most + ' 字' : '');
  }
  form.addEventListener('change', function (event) { lost = false; if (event.target.name === 'level') saveDraft(); else saveSoon(); });
  text.addEventListener('input', function () { lost = false; counted(); saveSoon(); });
  form.addEventListener('submit', function (event) { event.preventDefault(); submit(); });
  window.addEventListener('online', function () { if (lost && !sending && chosen()) submit(); });
  bringBack();
  counted();
})();
