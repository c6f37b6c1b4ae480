// The API's own page: "Authorize" takes a token, "Try it out" calls the service that gave the page.
SwaggerUIBundle({
  dom_id: '#api',
  url: '/openapi.yaml',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  // Nothing is sent to a validator elsewhere.
  validatorUrl: null,
});
