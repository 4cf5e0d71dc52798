/* A frame says how high its content is; it is believed only about itself, and within bounds. */
const frames = () => Array.from( document.querySelectorAll( 'iframe.mw-seisaku' ) );
window.addEventListener( 'message', ( event ) => {
	const height = event.data && event.data.seisaku === 'height' ? Number( event.data.height ) : NaN;
	const frame = frames().find( ( each ) => each.contentWindow === event.source );
	if ( height > 0 && frame && new URL( frame.src ).origin === event.origin ) {
		frame.height = Math.min( Math.max( Math.ceil( height ), 80 ), 4000 );
	}
} );
// A frame that was there before this script has said so already, to nobody.
$( () => frames().forEach( ( each ) => each.contentWindow.postMessage( { seisaku: 'ask' }, '*' ) ) );
