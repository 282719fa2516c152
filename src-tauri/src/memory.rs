//! Memory is wiped when it is freed. Secrets are wiped where we hold them, but copies pass through libraries that do
//! not know what they carry (clipboard, HTTP, JSON, the bridge to the web engine). What they free holds nothing,
//! either.

#[cfg(target_os = "linux")]
pub mod c_library {
    //! Replaces `free` and `realloc` of the C library for everything in the process: GTK, the clipboard and the bridge
    //! to the web engine free their blocks here, too. The program exports them under these names.

    use std::{
        ffi::{CStr, c_void},
        mem, process, ptr, slice,
        sync::atomic::{AtomicBool, AtomicPtr, Ordering},
    };

    use zeroize::optimization_barrier;

    /// Wipes a block and gives it back.
    ///
    /// # Safety
    ///
    /// As for `free` of the C library (ISO C 7.24.3.3).
    #[expect(unsafe_code, reason = "hands a block of C back to C")]
    pub unsafe fn free(block: *mut c_void) {
        if block.is_null() {
            return;
        }
        // SAFETY: the block is the caller's until it is given back, and all of its usable bytes belong to it.
        unsafe {
            let size = libc::malloc_usable_size(block);
            ptr::write_bytes(block.cast::<u8>(), 0, size);
            // Without it the compiler removes writes that nobody reads before the block is freed.
            optimization_barrier(slice::from_raw_parts(block.cast::<u8>(), size));
            if let Some(next) = next_free() {
                next(block);
            }
        }
    }

    /// Another size for a block. One that grows, or that shrinks to less than half, is moved: the C library would leave its
    /// former place as it was.
    ///
    /// # Safety
    ///
    /// As for `realloc` of the C library (ISO C 7.24.3.7).
    #[expect(unsafe_code, reason = "moves a block of C")]
    pub unsafe fn realloc(block: *mut c_void, size: usize) -> *mut c_void {
        // SAFETY: no more is copied than either block holds, and a new block does not overlap another.
        unsafe {
            if block.is_null() {
                return libc::malloc(size);
            }
            if size == 0 {
                free(block);
                return ptr::null_mut();
            }
            let usable = libc::malloc_usable_size(block);
            if size <= usable && size >= usable / 2 {
                return block;
            }
            let moved = libc::malloc(size);
            if !moved.is_null() {
                ptr::copy_nonoverlapping(block.cast::<u8>(), moved.cast::<u8>(), usable.min(size));
                free(block);
            }
            moved
        }
    }

    type Free = unsafe extern "C" fn(*mut c_void);

    /// The `free` that stands after ours: that of the C library, or of an allocator that was loaded in its place. `None` while
    /// it is being looked for: the loader, when asked, frees the text of a former error, which comes back here. Such a block
    /// is kept for good, and so is what another thread gives back in that moment.
    #[expect(unsafe_code, reason = "asks the loader for a function")]
    fn next_free() -> Option<Free> {
        static FOUND: AtomicPtr<c_void> = AtomicPtr::new(ptr::null_mut());
        static LOOKING: AtomicBool = AtomicBool::new(false);
        const NAME: &CStr = c"free";
        let mut found = FOUND.load(Ordering::Relaxed);
        if found.is_null() {
            if LOOKING.swap(true, Ordering::Relaxed) {
                return None;
            }
            // SAFETY: the name ends with a zero byte.
            found = unsafe { libc::dlsym(libc::RTLD_NEXT, NAME.as_ptr()) };
            FOUND.store(found, Ordering::Relaxed);
            LOOKING.store(false, Ordering::Relaxed);
        }
        if found.is_null() {
            // A panic would free memory.
            process::abort();
        }
        // SAFETY: `free` has this signature in C, and a pointer to it is never null.
        Some(unsafe { mem::transmute::<*mut c_void, Free>(found) })
    }
}

#[cfg(not(target_os = "linux"))]
pub mod rust {
    //! The system's allocator for what is written in Rust.

    use std::{
        alloc::{GlobalAlloc, Layout, System},
        ptr, slice,
    };

    use zeroize::optimization_barrier;

    /// Wipes what is freed. A block that grows is moved, never extended, so that its former place is wiped like any
    /// other.
    #[derive(Debug)]
    pub struct WipingAllocator;

    #[expect(
        unsafe_code,
        reason = "an allocator is unsafe by its nature; this one hands everything on to the system's"
    )]
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
                // Without it the compiler removes writes that nobody reads before the block is freed.
                optimization_barrier(slice::from_raw_parts(block, layout.size()));
                System.dealloc(block, layout);
            }
        }
    }
}
