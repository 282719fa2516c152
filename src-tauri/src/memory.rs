//! Memory is wiped when it is given back.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    ptr, slice,
};

use zeroize::optimization_barrier;

/// The system's allocator, which wipes what is given back. Secrets are wiped where we hold them, but a copy passes through
/// libraries that do not know what it is (clipboard, HTTP, JSON, the bridge to the web engine): what they drop holds nothing,
/// either. A block that grows is moved, never extended, so that its former place is wiped like any other.
#[derive(Debug)]
pub struct WipingAllocator;

#[expect(unsafe_code, reason = "an allocator is unsafe by its nature; this one hands everything on to the system's")]
// SAFETY: each call keeps what `GlobalAlloc` demands of its caller, and hands it on to `System`, which demands the same. What
// is written lies within the block, which is still the caller's.
unsafe impl GlobalAlloc for WipingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: see above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: see above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: see above.
        unsafe {
            ptr::write_bytes(block, 0, layout.size());
            // Without it the compiler leaves out what nobody reads before the block is given back.
            optimization_barrier(slice::from_raw_parts(block, layout.size()));
            System.dealloc(block, layout);
        }
    }
}
