// A question to the server: the answer at once, or, where a chat model may write, what it is doing until then.
const END_OF_EVENT = "\n\n";

const sent = (question, signal) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(question),
  signal,
});

async function plain(question, signal) {
  const response = await fetch("ask", sent(question, signal));
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  return response.json();
}

// Server-sent events; each of ours is one line of data.
async function* eventsIn(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let left = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (left + value).split(END_OF_EVENT);
    left = parts.pop();
    for (const part of parts) yield JSON.parse(part.replace(/^data: /, ""));
  }
}

async function streamed(question, signal, waiting) {
  const response = await fetch("ask/stream", sent(question, signal));
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  for await (const told of eventsIn(response.body)) {
    if (told.answer) return told.answer;
    if (told.step) waiting.checks();
    if (told.passed) waiting.shows(told.passed);
  }
  throw new Error("the answer broke off");
}

// A stream that fails, in an old browser or behind a proxy, leaves the plain way.
export async function answerOf(question, signal, waiting) {
  if ("streamed" in document.getElementById("ask").dataset) {
    try {
      return await streamed(question, signal, waiting);
    } catch (fault) {
      if (signal.aborted) throw fault;
      waiting.startsAgain();
    }
  }
  return plain(question, signal);
}
