/** Stands for the module of the invitations: registers the element that the loader puts into the widget. */
class FakeInvitations extends HTMLElement {}
customElements.define('vc-invitations', FakeInvitations);
