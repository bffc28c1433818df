/** Stands for the widget's module: registers an element, and says that it was loaded. */
class FakeWidget extends HTMLElement {}
customElements.define('vc-widget', FakeWidget);
