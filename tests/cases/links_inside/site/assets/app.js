//# sourceMappingURL=app.js.map
