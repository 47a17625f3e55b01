'use strict';

(function () {
  function byId(id) { return document.getElementById(id); }

  function json(method, path, body) {
    return fetch(path, {
      method: method,
      headers: { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body)
    }).then(function (response) {
      return response.json().then(function (value) {
        if (!response.ok) {
          throw new Error(value.error || 'The service answered with ' + response.status);
        }
        return value;
      });
    });
  }

  function say(problem) {
    byId('problem').textContent = problem;
    byId('problem').hidden = !problem;
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function score(name, value, digits) {
    var known = value !== null && value !== undefined;
    return element('span', known ? '' : 'none', name + ' ' + (known ? value.toFixed(digits) : 'none'));
  }

  function passage(found) {
    var item = document.createElement('li');
    item.appendChild(element('h2', '', found.heading || found.file));
    item.appendChild(element('p', 'from', found.file + ', ' + found.tenant + ', ' + found.published));
    item.appendChild(element('p', 'text', found.content));
    var scores = element('p', 'scores', '');
    scores.appendChild(score('tokens', found.similarity, 3));
    scores.appendChild(score('fused', found.fused, 4));
    scores.appendChild(score('meaning', found.meaning, 3));
    scores.appendChild(score('words', found.words, 2));
    item.appendChild(scores);
    return item;
  }

  function show(reply) {
    byId('answer').textContent = reply.answer.text;
    byId('times').textContent = reply.passages.length + ' passages; the model took '
        + reply.embedMillis.toFixed(1) + ' ms, the database ' + reply.searchMillis.toFixed(1) + ' ms';
    var list = byId('passages');
    list.textContent = '';
    reply.passages.forEach(function (found) { list.appendChild(passage(found)); });
    byId('reply').hidden = false;
  }

  byId('ask').addEventListener('submit', function (event) {
    event.preventDefault();
    say('');
    byId('go').disabled = true;
    json('POST', 'api/ask', {
      question: byId('question').value,
      tenant: byId('tenant').value,
      since: byId('since').value || null,
      until: byId('until').value || null,
      stage: byId('stage').value
    }).then(show).catch(function (failure) { say(failure.message); }).then(function () {
      byId('go').disabled = false;
    });
  });

  function tenants() {
    return json('GET', 'api/tenants').then(function (all) {
      var select = byId('tenant');
      var chosen = select.value;
      select.textContent = '';
      all.forEach(function (tenant) {
        var option = element('option', '', tenant.name + ' (' + tenant.passages + ')');
        option.value = tenant.name;
        select.appendChild(option);
        if (tenant.name === chosen) { option.selected = true; }
      });
    });
  }

  function watch() {
    json('GET', 'api/ingest').then(function (progress) {
      var running = progress.state === 'RUNNING';
      byId('read').disabled = running;
      var all = progress.total || 1;
      byId('bar').setAttribute('max', all);
      byId('bar').setAttribute('value', progress.state === 'DONE' ? all : progress.done);
      byId('state').textContent = {
        IDLE: 'No folder has been read yet.',
        RUNNING: progress.done + ' of ' + progress.total + ' passages, ' + progress.file,
        DONE: 'The folder is read; ' + progress.total + ' passages were new.',
        FAILED: 'The folder was not read to its end: ' + progress.message
      }[progress.state];
      if (running) {
        setTimeout(watch, 400);
      }
      return tenants();
    }).catch(function (failure) {
      say(failure.message);
      setTimeout(watch, 5000);
    });
  }

  byId('read').addEventListener('click', function () {
    json('POST', 'api/ingest').then(watch).catch(function (failure) { say(failure.message); });
  });

  watch();
})();
