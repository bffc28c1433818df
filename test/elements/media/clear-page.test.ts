import { expect } from '@open-wc/testing';
import { clearPage } from '../../../components/media/clear-page.ts';

describe('clear page', () => {
  const widget = document.createElement('vc-widget');
  beforeEach(() => document.body.append(widget));
  afterEach(() => {
    widget.remove();
    document.body.style.removeProperty('background-color');
  });

  const ground = () =>
    [document.documentElement, document.body].map((element) => getComputedStyle(element).backgroundColor);

  it('V14 lifts the widget out of the page while the page alone is shared', () => {
    const restore = clearPage();
    expect(widget.matches(':popover-open')).to.equal(true);
    expect(getComputedStyle(widget).borderStyle).to.equal('none');
    expect(getComputedStyle(document.body).isolation).to.equal('isolate');
    restore();
    expect(widget.popover).to.equal(null);
    expect(getComputedStyle(widget).display).not.to.equal('none');
    expect(getComputedStyle(document.body).isolation).to.equal('auto');
  });

  it('V14 gives the body a ground of its own: the colour the page stands on, else the one of an empty page', () => {
    const restore = clearPage();
    const [empty] = ground();
    expect(empty).not.to.equal('rgba(0, 0, 0, 0)');
    restore();
    document.body.style.setProperty('background-color', 'rgb(1, 2, 3)');
    const again = clearPage();
    expect(ground()).to.eql(['rgb(1, 2, 3)', 'rgb(1, 2, 3)']);
    again();
    expect(document.adoptedStyleSheets).to.have.length(0);
  });

  it('V14 leaves a widget alone that stands above the page for a reason of its own', () => {
    widget.popover = 'manual';
    widget.showPopover();
    clearPage()();
    expect(widget.matches(':popover-open')).to.equal(true);
    widget.popover = null;
  });
});
