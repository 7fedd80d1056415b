// Keeps the logger ready without a network. It keeps the logger's page and its program, and nothing of a record.
importScripts({% for library in libraries %}"{{ library|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %});

workbox.core.skipWaiting();
workbox.core.clientsClaim();
workbox.precaching.cleanupOutdatedCaches();
workbox.precaching.addPlugins([
  {
    // "Vary" would make the browser find nothing when its language or its cookies are others than at the installation.
    cacheWillUpdate: async ({ response }) => {
      if (!response || response.status !== 200) return null;
      const headers = new Headers(response.headers);
      headers.delete("Vary");
      return new Response(await response.blob(), { status: 200, headers });
    },
  },
]);
workbox.precaching.precacheAndRoute({{ kept|safe }}, {
  ignoreURLParametersMatching: [/^now$/, /^person$/],
  directoryIndex: null,
  cleanURLs: false,
});

// Any page that cannot be reached becomes the logger: a flare does not wait for a network. The emergency page of a
// record becomes the emergency mode.
workbox.routing.registerRoute(
  new workbox.routing.NavigationRoute(async ({ request }) => {
    try {
      return await fetch(request);
    } catch {
      const emergency = new URL(request.url).pathname.endsWith("/emergency");
      return workbox.precaching.matchPrecache(emergency ? "{{ emergency|escapejs }}" : "{{ shell|escapejs }}");
    }
  }),
);
